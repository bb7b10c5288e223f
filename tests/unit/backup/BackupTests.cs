using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Backup;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Tools;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Backups;

/// <summary>A backup is made while the hall goes on, proven, and restored without a number that is given twice.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly WritingHall _hall = new(start: TimeProvider.System.GetUtcNow());
    private readonly string _disk = Directory.CreateTempSubdirectory("backups-").FullName;

    public BackupTests()
    {
        _hall.SignIn(1, WritingHall.Anh);
        _hall.Serve();
        _hall.Finish();
        _hall.Press(4);
        File.WriteAllText(Path.Combine(_hall.Folder, "hub.json"), "{}");
        Directory.CreateDirectory(Path.Combine(_hall.Folder, "tls"));
        File.WriteAllText(Path.Combine(_hall.Folder, "tls", "hub.crt"), "certificate");
        _hall.Mark();
    }

    public void Dispose()
    {
        _hall.Dispose();
        Directory.Delete(_disk, recursive: true);
    }

    [Fact]
    public void A_backup_holds_the_journal_at_one_moment_and_the_other_files()
    {
        var made = Make();
        _hall.Take();

        Assert.Empty(RestoreBackup.Check(made));
        var manifest = BackupManifest.Read(made);
        Assert.Equal(["hub.db", "hub.json", "journal.key", "tls/hub.crt"], manifest.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Equal((_hall.Version - 1, "H00.001"), (manifest.Sequence, manifest.Site));
        Assert.Empty(Directory.GetDirectories(_disk, "*.partial"));
    }

    [Theory]
    [InlineData("hub.db")]
    [InlineData("tls/hub.crt")]
    [InlineData("journal.key")]
    public async Task A_backup_that_was_changed_or_is_not_whole_is_not_restored(string file)
    {
        var made = Make();
        var path = Path.Combine(made, file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal([$"{file} was changed"], RestoreBackup.Check(made));
        Assert.StartsWith("DIR: ", (await Assert.ThrowsAsync<StartException>(() => RestoreBackup.RunAsync(made, _hall.Folder))).Message, StringComparison.Ordinal);

        File.Delete(path);
        Assert.Equal([$"{file} is missing"], RestoreBackup.Check(made));
        File.Delete(Path.Combine(made, BackupManifest.Name));
        Assert.Contains("is not a whole backup", Assert.Throws<StartException>(() => RestoreBackup.Check(made)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_in_the_same_folder_names_what_is_lost_and_gives_no_number_twice()
    {
        var (made, journal) = (Make(), JournalIdentity.Read(_hall.Connection));
        for (var number = 0; number < 40; number++)
        {
            _hall.Take();
        }

        _hall.Mark();
        var next = $"A{_hall.State.Services["HT"].Issued + 1:000}";
        var lost = _hall.Version - BackupManifest.Read(made).Sequence;
        _hall.Stop();
        var said = await RestoreBackup.RunAsync(made, _hall.Folder);
        _hall.Restart();

        Assert.Contains($"so {lost} are lost.", said[1], StringComparison.Ordinal);
        Assert.Equal(next, _hall.Must(_hall.Request()).GetProperty("number").GetString());
        Assert.NotEqual(journal, JournalIdentity.Read(_hall.Connection));
        Assert.Equal("journal.restored", _hall.Query<string>("SELECT kind FROM journal WHERE kind LIKE 'journal.%'"));
        _hall.Mark();
        Assert.Empty(Verification.Run(_hall.Folder).Findings);
        Assert.Single(Directory.GetDirectories(_hall.Folder, RestoreBackup.Aside + "*"));
        Assert.DoesNotContain(BackupManifest.Read(Make()).Files, file => file.Path.StartsWith(RestoreBackup.Aside, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restore_on_another_machine_goes_on_at_the_next_thousand()
    {
        var made = Make();
        var other = Path.Combine(_disk, "other");
        var said = await RestoreBackup.RunAsync(made, other);
        Assert.Contains("is not known", said[1], StringComparison.Ordinal);

        using var connection = new HubDatabase(other).OpenReader();
        Assert.Equal("""{"CT":1000,"HT":1000}""", connection.ExecuteScalar<string>("SELECT body ->> 'issued' FROM journal WHERE kind = 'numbers.raised'"));
        Assert.Equal(1, connection.ExecuteScalar<long>("SELECT count(*) FROM rating"));
    }

    [Fact]
    public async Task A_hub_that_runs_is_not_restored_over()
    {
        var made = Make();
        using var running = FolderLock.Take(_hall.Folder);

        Assert.Equal($"--data: a hub runs in {_hall.Folder}. Stop it first.", (await Assert.ThrowsAsync<StartException>(() => RestoreBackup.RunAsync(made, _hall.Folder))).Message);
    }

    [Fact]
    public void A_backup_of_a_newer_version_is_refused_in_a_line()
    {
        var made = Make();
        using (var later = new HubDatabase(made).OpenWriter())
        {
            later.Execute("INSERT INTO SchemaVersions(ScriptName, Applied) VALUES ('Schema.0999-later.sql', '2030-01-01'); PRAGMA journal_mode = DELETE");
        }

        var manifest = BackupManifest.Read(made);
        (manifest with { Files = BackupFile.AllOf(made) }).Write(made);

        Assert.Contains("has the schema 0999 of a newer version", Assert.Throws<StartException>(() => RestoreBackup.Check(made)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encrypted_backup_is_read_with_its_private_key_alone()
    {
        var (certificate, key) = MakeKey("right");
        _hall.Pass(1);
        var made = MakeBackup.Run(_hall.Folder, _disk, _hall.Now, EncryptedBackup.ReadCertificate(certificate, "--encrypt-to"));
        Assert.Empty(made.Faults);
        var manifest = BackupManifest.Read(made.Folder);
        Assert.Equal(
            ["hub.db.cms", "hub.json.cms", "journal.key.cms", "manifest.json.cms", "tls/hub.crt.cms"], manifest.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Equal((_hall.Version, "H00.001", true), (manifest.Sequence, manifest.Site, manifest.Encrypted));
        Assert.DoesNotContain("CREATE TABLE", File.ReadAllText(Path.Combine(made.Folder, "hub.db.cms"), Encoding.Latin1), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_hall.Folder, "*.new"));

        Assert.Contains("is encrypted", Assert.Throws<StartException>(() => RestoreBackup.Check(made.Folder)).Message, StringComparison.Ordinal);
        var wrong = EncryptedBackup.ReadKey(MakeKey("wrong").Key);
        Assert.StartsWith("--key: ", Assert.Throws<StartException>(() => RestoreBackup.Check(made.Folder, wrong)).Message, StringComparison.Ordinal);
        Assert.Empty(RestoreBackup.Check(made.Folder, EncryptedBackup.ReadKey(key)));

        var other = Path.Combine(_disk, "other");
        await RestoreBackup.RunAsync(made.Folder, other, EncryptedBackup.ReadKey(key));
        using var connection = new HubDatabase(other).OpenReader();
        Assert.Equal(1, connection.ExecuteScalar<long>("SELECT count(*) FROM rating"));
        Assert.Equal("certificate", await File.ReadAllTextAsync(Path.Combine(other, "tls", "hub.crt"), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetDirectories(other, "*.new"));
    }

    [Fact]
    public async Task An_encrypted_backup_that_was_changed_is_told_from_one_that_is_whole_without_the_key()
    {
        _hall.Pass(1);
        var made = MakeBackup.Run(_hall.Folder, _disk, _hall.Now, EncryptedBackup.ReadCertificate(MakeKey("right").Certificate, "--encrypt-to")).Folder;
        var path = Path.Combine(made, "hub.db.cms");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        Assert.Equal(["hub.db.cms was changed"], RestoreBackup.Check(made));
    }

    [Theory]
    [InlineData(null, "can't be read")]
    [InlineData("no PEM", "holds no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "--encrypt-to: ")]
    public void What_is_no_certificate_or_no_key_is_named_in_a_line(string? text, string expected)
    {
        var path = Path.Combine(_disk, "backup.crt");
        if (text is not null)
        {
            File.WriteAllText(path, text);
        }

        Assert.Contains(expected, Assert.Throws<StartException>(() => EncryptedBackup.ReadCertificate(path, "--encrypt-to")).Message, StringComparison.Ordinal);
        Assert.StartsWith("--key: ", Assert.Throws<StartException>(() => EncryptedBackup.ReadKey(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_is_no_private_key_and_a_private_key_no_certificate()
    {
        var (certificate, key) = MakeKey("right");
        Assert.Contains("holds no certificate", Assert.Throws<StartException>(() => EncryptedBackup.ReadCertificate(key, "--encrypt-to")).Message, StringComparison.Ordinal);
        Assert.Contains("holds no private RSA key", Assert.Throws<StartException>(() => EncryptedBackup.ReadKey(certificate)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("missing")]
    public async Task A_hall_whose_database_is_gone_never_begins_as_an_empty_one(string state)
    {
        _hall.Stop();
        File.Delete(Path.Combine(_hall.Folder, "hub.db"));
        if (state == "empty")
        {
            await File.WriteAllTextAsync(Path.Combine(_hall.Folder, "hub.db"), "", TestContext.Current.CancellationToken);
        }

        Assert.Contains($"is {state}, and a hall was here", Assert.Throws<StartException>(() => new HubDatabase(_hall.Folder).OpenWriter()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "hub restore", (await Assert.ThrowsAsync<StartException>(() => HallTools.ExecuteAsync(_hall.Folder, new RevokeDevice("kiosk-1")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_garbage_is_named_in_a_line()
    {
        _hall.Stop();
        // What SQLite still holds beside it would make it whole again.
        File.Delete(Path.Combine(_hall.Folder, "hub.db-wal"));
        File.Delete(Path.Combine(_hall.Folder, "hub.db-shm"));
        File.WriteAllText(Path.Combine(_hall.Folder, "hub.db"), new string('x', 10_000));

        Assert.Contains("hub.db is damaged", Assert.Throws<StartException>(() => new HubDatabase(_hall.Folder).OpenWriter()).Message, StringComparison.Ordinal);
    }

    private string Make()
    {
        _hall.Pass(1);
        return MakeBackup.Run(_hall.Folder, _disk, _hall.Now).Folder;
    }

    private (string Certificate, string Key) MakeKey(string name)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(_hall.Now.AddDays(-1), _hall.Now.AddYears(100));
        var (certificate, key) = (Path.Combine(_disk, name + ".crt"), Path.Combine(_disk, name + ".key"));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        return (certificate, key);
    }
}
