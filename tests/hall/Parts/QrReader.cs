using System.Globalization;
using Microsoft.Playwright;
using Reception.Slips;
using ZXing;
using ZXing.Common;

namespace Reception.Hall.Tests.Parts;

/// <summary>A phone's QR reader, held before paper or a screen.</summary>
internal static class QrReader
{
    /// <summary>The text of the code on a paper; null where there is none.</summary>
    public static string? Read(Raster paper)
    {
        var grey = new byte[paper.Width * paper.Height];
        for (var i = 0; i < grey.Length; i++)
        {
            grey[i] = paper[i % paper.Width, i / paper.Width] ? (byte)0 : (byte)255;
        }

        return Read(grey, paper.Width, paper.Height);
    }

    /// <summary>The text of the code that a browser shows now; null where there is none.</summary>
    public static async Task<string?> ReadAsync(IPage page)
    {
        var picture = Convert.ToBase64String(await page.ScreenshotAsync());
        // The browser decodes its own picture.
        var dots = await page.EvaluateAsync<string>(
            """
            async picture => {
              const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), letter => letter.charCodeAt(0))]));
              const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
              canvas.drawImage(image, 0, 0);
              const { data } = canvas.getImageData(0, 0, image.width, image.height);
              let grey = "";
              for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode((data[at] + data[at + 1] + data[at + 2]) / 3);
              return `${image.width} ${image.height} ${btoa(grey)}`;
            }
            """,
            picture);
        var parts = dots.Split(' ');
        int Dots(int part) => int.Parse(parts[part], CultureInfo.InvariantCulture);
        return Read(Convert.FromBase64String(parts[2]), Dots(0), Dots(1));
    }

    private static string? Read(byte[] grey, int width, int height)
    {
        var options = new DecodingOptions { PossibleFormats = [BarcodeFormat.QR_CODE], TryHarder = true };
        var reader = new BarcodeReaderGeneric { Options = options };
        return reader.Decode(new RGBLuminanceSource(grey, width, height, RGBLuminanceSource.BitmapFormat.Gray8))?.Text;
    }
}
