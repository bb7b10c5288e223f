namespace Reception.Load;

internal static class Sent
{
    public static void OrThrow(bool published)
    {
        if (!published)
        {
            throw new InvalidOperationException("The broker was lost during the measurement.");
        }
    }
}
