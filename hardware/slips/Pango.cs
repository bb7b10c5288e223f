using System.Runtime.InteropServices;

namespace Reception.Slips;

/// <summary>Pango and Cairo as Debian ships them: shaping and drawing of text, and PNG. Only what a slip needs.</summary>
internal static partial class Pango
{
    private const string CairoLibrary = "libcairo.so.2";
    private const string PangoLibrary = "libpango-1.0.so.0";
    private const string PangoCairoLibrary = "libpangocairo-1.0.so.0";
    private const string ObjectLibrary = "libgobject-2.0.so.0";

    /// <summary>Pango's units in a device unit (PANGO_SCALE).</summary>
    public const int Scale = 1024;

    /// <summary>8 bits of opacity a dot (CAIRO_FORMAT_A8).</summary>
    public const int FormatA8 = 2;

    /// <summary>32 bits a dot, blue lowest (CAIRO_FORMAT_RGB24).</summary>
    public const int FormatRgb24 = 1;

    /// <summary>PANGO_WRAP_WORD_CHAR: between words, and inside one that is wider than the paper.</summary>
    public const int WrapWordChar = 2;

    /// <summary>PANGO_ELLIPSIZE_END.</summary>
    public const int EllipsizeEnd = 3;

    [StructLayout(LayoutKind.Sequential)]
    public struct Rectangle
    {
        public int X;
        public int Y;
        public int Width;
        public int Height;
    }

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_create")]
    public static partial nint CreateSurface(int format, int width, int height);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_surface_status")]
    public static partial int SurfaceStatus(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_get_data")]
    public static unsafe partial byte* SurfaceData(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_get_stride")]
    public static partial int SurfaceStride(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_surface_flush")]
    public static partial void FlushSurface(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_surface_mark_dirty")]
    public static partial void MarkSurfaceDirty(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_surface_destroy")]
    public static partial void DestroySurface(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_surface_write_to_png_stream")]
    public static unsafe partial int WritePng(nint surface, delegate* unmanaged[Cdecl]<nint, byte*, uint, int> write, nint closure);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_create_from_png_stream")]
    public static unsafe partial nint ReadPng(delegate* unmanaged[Cdecl]<nint, byte*, uint, int> read, nint closure);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_get_width")]
    public static partial int SurfaceWidth(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_get_height")]
    public static partial int SurfaceHeight(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_scale")]
    public static partial void ScaleBy(nint context, double x, double y);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_set_source_surface")]
    public static partial void SetSurface(nint context, nint surface, double x, double y);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_set_source_rgb")]
    public static partial void SetColour(nint context, double red, double green, double blue);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_paint")]
    public static partial void Paint(nint context);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_create")]
    public static partial nint CreateContext(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_destroy")]
    public static partial void DestroyContext(nint context);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_move_to")]
    public static partial void MoveTo(nint context, double x, double y);

    [LibraryImport(PangoCairoLibrary, EntryPoint = "pango_cairo_create_layout")]
    public static partial nint CreateLayout(nint context);

    [LibraryImport(PangoCairoLibrary, EntryPoint = "pango_cairo_show_layout")]
    public static partial void ShowLayout(nint context, nint layout);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_set_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetText(nint layout, string text, int length);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_set_width")]
    public static partial void SetWidth(nint layout, int width);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_set_height")]
    public static partial void SetHeight(nint layout, int height);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_set_alignment")]
    public static partial void SetAlignment(nint layout, int alignment);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_set_wrap")]
    public static partial void SetWrap(nint layout, int wrap);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_set_ellipsize")]
    public static partial void SetEllipsize(nint layout, int ellipsize);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_set_font_description")]
    public static partial void SetFont(nint layout, nint description);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_get_pixel_extents")]
    public static partial void GetExtents(nint layout, out Rectangle ink, out Rectangle logical);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_layout_is_ellipsized")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool IsEllipsized(nint layout);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_font_description_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateFont(string description);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_font_description_set_absolute_size")]
    public static partial void SetFontSize(nint font, double size);

    [LibraryImport(PangoLibrary, EntryPoint = "pango_font_description_free")]
    public static partial void FreeFont(nint font);

    [LibraryImport(ObjectLibrary, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);
}
