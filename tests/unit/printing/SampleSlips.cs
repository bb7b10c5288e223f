using Reception.Device.Printing;
using Reception.Protocol;
using Reception.Slips;

namespace Reception.Unit.Tests.Printing;

internal static class SampleSlips
{
    /// <summary>80 mm paper, a cutter that feeds by itself, everything told.</summary>
    public static PrinterProfile Profile { get; } = PrinterProfile.Read("epson-tm-t82");

    public static SlipDrawing Draw(Slip slip) => SlipLayout.Draw(slip, SlipTemplate.Default, Profile.Width);

    public static byte[] Encode(Slip slip) => EscPosEncoder.Encode(Draw(slip), Profile);

    public static SlipJob Job(Slip slip) => new SlipPaper(SlipTemplate.Default, Profile).Make(slip);

    /// <summary>Bytes that are sent, whatever they draw.</summary>
    public static SlipJob Job(byte[] bytes) => new(bytes, [new SlipDrawing(new Raster(Profile.Width, 1))]);

    public static Slip Plain { get; } = new()
    {
        Hall = "Trung tâm Phục vụ hành chính công phường Mỏ Chè",
        Number = "A012",
        Service = "Hộ tịch",
        ServiceEnglish = "Civil status",
        Ahead = 3,
        Wait = new Wait(WaitKind.Minutes, 9, 9),
        IssuedAt = new DateTimeOffset(2026, 11, 23, 15, 12, 3, TimeSpan.FromHours(7)),
        Link = "http://192.168.1.20:8080/t/k3v9q2m7x4c8w1z5",
    };

    public static Slip Longest { get; } = Plain with
    {
        Hall = "Trung tâm Phục vụ hành chính công đặc khu Trường Sa và các xã, phường thuộc vùng hải đảo tỉnh Khánh Hòa",
        Number = "M1000",
        Service = "Bảo trợ xã hội – Người có công – Trẻ em và người khuyết tật đặc biệt nặng",
        ServiceEnglish = "Social protection, people with merit, children and severely disabled persons of the ward",
        Priority = true,
        Ahead = 1234,
        Wait = new Wait(WaitKind.Over90),
        Link = "https://motcua.phuong-mo-che.thainguyen.gov.vn/t/k3v9q2m7x4c8w1z5k3v9q2m7x4c8w1z5",
        ForwardNextDayAfter = "15:00",
        Copy = true,
    };

    public static Slip Khmer { get; } = Plain with
    {
        Hall = "មជ្ឈមណ្ឌលសេវារដ្ឋបាលសាធារណៈ សង្កាត់ម៉ូចែ",
        Service = "អត្រានុកូលដ្ឋាន និងការបញ្ជាក់ឯកសារ",
        ServiceEnglish = "Hộ tịch",
    };

    public static Slip Named(string name) => name switch
    {
        "longest" => Longest,
        "english" => Plain with { Language = "en" },
        "khmer" => Khmer,
        "afternoon" => Plain with { ForwardNextDayAfter = "15:00" },
        "priority" => Plain with { Priority = true, Number = "A1000", Wait = default, Ahead = 0 },
        "no officer" => Plain with { Wait = new Wait(WaitKind.NoOfficer) },
        "paused" => Plain with { Wait = new Wait(WaitKind.Paused), Language = "en" },
        "then" => Plain with { Then = "Chứng thực bản sao, chữ ký và hợp đồng giao dịch, Bảo trợ xã hội – Người có công" },
        "copy" => Plain with { Copy = true },
        "booked" => Plain with { BookedAt = Plain.IssuedAt.AddMinutes(18) },
        "mixed" => Plain with { Service = "Chứng thực · បញ្ជាក់ឯកសារ 24/7 · Chứng thực", ServiceEnglish = null },
        _ => Plain,
    };
}
