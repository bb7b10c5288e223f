using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Reception.Theme;

/// <summary>What a program with screens calls once on its builder and once on its application.</summary>
public static class ThemeSetup
{
    private const string Cookie = "lang";

    /// <summary>
    /// Registers the strings of the theme and of the given programs, the <see cref="Words"/> of each request, and rendering of Razor
    /// components on the server.
    /// </summary>
    public static WebApplicationBuilder AddTheme(this WebApplicationBuilder builder, params Assembly[] programs)
    {
        // A build's output finds wwwroot of this library and of the program in their source folders; published ones beside themselves.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRazorComponents();
        // Without this, Vietnamese leaves as numeric entities.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddSingleton(new Phrasebook(programs));
        builder.Services.AddScoped(services =>
            services.GetRequiredService<Phrasebook>().In(Chosen(services.GetRequiredService<IHttpContextAccessor>().HttpContext)));
        return builder;
    }

    /// <summary>Serves the static files of the program and the theme, and keeps the language chosen with <c>?lang=</c> in a cookie.</summary>
    public static WebApplication UseTheme(this WebApplication app)
    {
        var phrases = app.Services.GetRequiredService<Phrasebook>();
        app.Use((context, next) =>
        {
            if (context.Request.Query[Cookie] is [{ } language] && phrases.Knows(language))
            {
                context.Response.Cookies.Append(Cookie, language, new CookieOptions { SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365) });
            }

            return next(context);
        });
        app.MapStaticAssets();
        return app;
    }

    private static string? Chosen(HttpContext? context) =>
        context is null ? null : context.Request.Query[Cookie] is [{ } language] ? language : context.Request.Cookies[Cookie];
}
