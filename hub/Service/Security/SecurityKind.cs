namespace Reception.Hub.Security;

/// <summary>What an entry of the security log is about.</summary>
internal enum SecurityKind
{
    SignIn,
    SignInFailed,
    SignInLimited,
    SignOut,
    SignOutEverywhere,
    SessionIdle,
    Refused,
    DevicePaired,
    DeviceMoved,
    DeviceReplaced,
    DeviceRevoked,
    DeviceCloned,
    DeviceFlooding,
    Exported,
    Verified,
}

/// <summary>The codes of <see cref="SecurityKind"/>, which are kept and logged.</summary>
internal static class SecurityKinds
{
    private static readonly Dictionary<SecurityKind, string> Codes = new()
    {
        [SecurityKind.SignIn] = "sign-in",
        [SecurityKind.SignInFailed] = "sign-in-failed",
        [SecurityKind.SignInLimited] = "sign-in-limited",
        [SecurityKind.SignOut] = "sign-out",
        [SecurityKind.SignOutEverywhere] = "sign-out-everywhere",
        [SecurityKind.SessionIdle] = "session-idle",
        [SecurityKind.Refused] = "refused",
        [SecurityKind.DevicePaired] = "device-paired",
        [SecurityKind.DeviceMoved] = "device-moved",
        [SecurityKind.DeviceReplaced] = "device-replaced",
        [SecurityKind.DeviceRevoked] = "device-revoked",
        [SecurityKind.DeviceCloned] = "device-cloned",
        [SecurityKind.DeviceFlooding] = "device-flooding",
        [SecurityKind.Exported] = "exported",
        [SecurityKind.Verified] = "verified",
    };

    public static string Code(this SecurityKind kind) => Codes[kind];

    /// <summary>Whether anybody in the network can cause an entry, without a PIN or a secret.</summary>
    public static bool IsOfStrangers(this SecurityKind kind) => kind is SecurityKind.SignInFailed or SecurityKind.SignInLimited;
}
