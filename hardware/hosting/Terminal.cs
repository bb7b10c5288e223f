using System.Text;

namespace Reception.Hosting;

/// <summary>What a program writes for a person at a terminal.</summary>
public static class Terminal
{
    /// <summary>Windows would put ? for every Vietnamese letter.</summary>
    public static void UseUtf8()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
    }
}
