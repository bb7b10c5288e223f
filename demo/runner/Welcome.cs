namespace Reception.Runner;

/// <summary>What a person reads once the hall is open.</summary>
internal static class Welcome
{
    public static string Text(RunnerOptions options, KioskPrinter printer)
    {
        var own = "http://127.0.0.1";
        var (slips, commands) = (options.DataPath("printer", "slips"), options.DataPath("printer", "commands"));
        var (printerLog, boxLog) = (options.DataPath("logs", "printer.log"), options.DataPath("logs", "box.log"));
        var (officers, leaders) = options.Hall == options.OwnHall
            ? ("cb01 to cb05", "ld01 (leader), qt01 (administrator)")
            : ($"the officers of {options.Hall}", "its leaders");
        var text = $"""

            The hall is open. Start here:  {own}:{options.HttpPort}/

              Kiosk      {own}:{options.KioskPort}/
              Rater      {own}:{options.RaterPort}/        counter 1
              Display    {own}:{options.HttpPort}/display
              Console    {own}:{options.HttpPort}/console        {officers}
              Dashboard  {own}:{options.HttpPort}/dashboard      {leaders}
              Province   {options.Province ?? $"{own}:{options.ProvincePort}/"}

            The PIN of every demonstration account is 2580. Devices and their secrets: {options.DataPath("devices.tsv")}

            """;
        if (printer.VirtualPort is not null)
        {
            text += $"""

                The kiosk's printer is a virtual one: its slips lie in {slips}. Take its paper away and give it back:
                  echo "paper out" >{commands}
                  echo "paper ok" >{commands}
                More commands, such as cover open, after 100 stall 3s, state?: hardware/docs/printers.md; answers in {printerLog}

                """;
        }

        if (options.BenchRater)
        {
            text += $"""

                Counter 2 has a five-button rater, simulated with its real firmware. Press a button, 1 to 5, for 80 ms:
                  echo "press 5 80ms" >{options.DataPath("desk-2", "buttons")}
                More commands, such as bounce 3, hold 2 12s, reset, leds?: hardware/docs/simulated-box.md; answers in {boxLog}

                """;
        }

        if (options.Simulate)
        {
            text += "Simulated people are at work. Press a key of a counter's console yourself, and its simulated officer steps back.\n";
        }

        return text + "Ctrl-C stops everything.";
    }
}
