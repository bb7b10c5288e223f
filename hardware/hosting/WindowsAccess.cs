using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Reception.Hosting;

/// <summary>Access lists, where Linux has modes: the system, the administrators, and accounts that are named one by one.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsAccess
{
    private const InheritanceFlags AllWithin = InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit;

    // Groups that an ordinary user of the machine belongs to.
    private static readonly SecurityIdentifier[] Users =
    [
        .. new[]
        {
            WellKnownSidType.WorldSid, WellKnownSidType.BuiltinUsersSid, WellKnownSidType.AuthenticatedUserSid, WellKnownSidType.BuiltinGuestsSid,
            WellKnownSidType.InteractiveSid,
        }.Select(group => new SecurityIdentifier(group, domainSid: null)),
    ];

    /// <summary>Makes a folder for the system, the administrators and the user who makes it; one that exists stays as it is.</summary>
    public static string MakeFolder(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.Exists)
        {
            return folder.FullName;
        }

        folder.Parent?.Create();
        var access = new DirectorySecurity();
        access.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (var account in new[] { Known(WellKnownSidType.LocalSystemSid), Known(WellKnownSidType.BuiltinAdministratorsSid), WindowsIdentity.GetCurrent().User! })
        {
            access.AddAccessRule(new FileSystemAccessRule(account, FileSystemRights.FullControl, AllWithin, PropagationFlags.None, AccessControlType.Allow));
        }

        folder.Create(access);
        return folder.FullName;
    }

    /// <summary>Makes a file for whoever its folder names, but no group of ordinary users.</summary>
    public static FileStream CreateFile(string path)
    {
        var file = new FileInfo(path);
        var access = new FileSecurity();
        access.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        access.AddAccessRule(new FileSystemAccessRule(WindowsIdentity.GetCurrent().User!, FileSystemRights.FullControl, AccessControlType.Allow));
        foreach (var rule in Rules(file.Directory!.GetAccessControl()).Where(rule => !Users.Contains(rule.IdentityReference)))
        {
            access.AddAccessRule(new FileSystemAccessRule(rule.IdentityReference, rule.FileSystemRights, rule.AccessControlType));
        }

        return file.Create(FileMode.Create, FileSystemRights.Write, FileShare.None, 4096, FileOptions.None, access);
    }

    /// <summary>Whether a group of ordinary users may read the file.</summary>
    public static bool IsOpenToUsers(string path) => Rules(new FileInfo(path).GetAccessControl()).Any(rule =>
        rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & FileSystemRights.ReadData) != 0 && Users.Contains(rule.IdentityReference));

    private static IEnumerable<FileSystemAccessRule> Rules(FileSystemSecurity access) =>
        access.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>();

    private static SecurityIdentifier Known(WellKnownSidType account) => new(account, domainSid: null);
}
