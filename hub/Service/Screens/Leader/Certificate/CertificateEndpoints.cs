using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hall;
using Reception.Hub.Certificates;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Certificate;

/// <summary>The page on which an administrator brings a certificate of the ward's own for browsers, or goes back to the hall's.</summary>
internal static class CertificateEndpoints
{
    private const string Address = "/admin/certificate";
    private const string Whole = "";

    public static void MapCertificatePage(this RouteGroupBuilder leaders)
    {
        var pages = leaders.MapAdministrators(Address);
        pages.MapGet("", (Desk desk, WardCertificate ward, HubOptions options) => Show(desk, ward, options, new Filled(desk.Words, [])));
        pages.MapPost("", BringAsync);
        pages.MapPost("/own", GoBackAsync);
    }

    private static async Task<IResult> BringAsync(HttpContext context, Desk desk, WardCertificate ward, HubOptions options, TimeProvider clock)
    {
        var fields = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var form = new Filled(desk.Words, []);
        if (fields.Files["certificate"] is not { Length: > 0 } file)
        {
            form.Wrong("certificate", desk.Words["certificate.missing"]);
            return Show(desk, ward, options, form);
        }

        var key = fields.Files["key"] is { Length: > 0 } keyFile ? await ContentAsync(keyFile) : null;
        var read = BroughtCertificate.Read(await ContentAsync(file), key, fields["password"].ToString());
        if ((read.Refusal ?? read.Value.Fault(ward.Hosts, clock.GetUtcNow())) is { } refusal)
        {
            form.Wrong("certificate", refusal.In(desk.Words.Language));
            return Show(desk, ward, options, form);
        }

        return await ChangeAsync(desk, ward, options, form, read.Value);
    }

    private static Task<IResult> GoBackAsync(Desk desk, WardCertificate ward, HubOptions options) =>
        ChangeAsync(desk, ward, options, new Filled(desk.Words, []), certificate: null);

    private static async Task<IResult> ChangeAsync(Desk desk, WardCertificate ward, HubOptions options, Filled form, BroughtCertificate? certificate)
    {
        try
        {
            if (certificate is not null)
            {
                ward.Prepare(certificate);
            }

            if (await desk.ExecuteAsync(form, new ChangeCertificate(ward, certificate, desk.Me)))
            {
                return TypedResults.Redirect($"{Address}?saved");
            }

            ward.Drop();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            form.Wrong(Whole, desk.Words["admin.refused", exception.Message]);
        }

        return Show(desk, ward, options, form);
    }

    private static async Task<byte[]> ContentAsync(IFormFile file)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return content.ToArray();
    }

    private static IResult Show(Desk desk, WardCertificate ward, HubOptions options, Filled form) => new RazorComponentResult<CertificatePage>(new
    {
        desk.Names,
        desk.Reader,
        Form = form,
        desk.Saved,
        For = ward.Current?.Names ?? [],
        Issuer = ward.Current?.Leaf.Issuer,
        Fault = ward.Fault?.In(desk.Words.Language),
        ward.Hosts,
        Until = ward.Current is { } current ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime((DateTimeOffset)current.Leaf.NotAfter, desk.Setup.Zone).DateTime) : (DateOnly?)null,
        HasAuthority = HallAuthority.Find(options.Data) is not null,
    })
    {
        StatusCode = form.IsRight ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };
}
