namespace Reception.Hub.Appointments;

/// <summary>One line of a list of appointments, as far as it could be read.</summary>
/// <param name="Line">Its place in the list, from 1.</param>
/// <param name="At">Null where the time can't be read.</param>
/// <param name="Service">The service's code as it was written.</param>
/// <param name="Code">By which the citizen checks in.</param>
internal sealed record AppointmentLine(int Line, DateTimeOffset? At, string Service, string Code)
{
    private const int ShortestCode = 4;
    private const int LongestCode = 12;

    /// <summary>Whether the code can be typed on a keypad of digits.</summary>
    public bool HasCode => Code.Length is >= ShortestCode and <= LongestCode && Code.All(char.IsAsciiDigit);
}

/// <summary>Why a line of a list is not taken.</summary>
/// <param name="Line">Its place in the list, from 1.</param>
/// <param name="Code">The appointment's code.</param>
/// <param name="Text">Why, in Vietnamese.</param>
/// <param name="English">The same in English.</param>
public sealed record AppointmentFault(int Line, string Code, string Text, string English);

/// <summary>What came of a list.</summary>
/// <param name="Taken">Appointments that are new, or have moved.</param>
/// <param name="Refused">Lines that are not taken, each with the reason.</param>
public sealed record AppointmentsDocument(int Taken, IReadOnlyList<AppointmentFault> Refused);
