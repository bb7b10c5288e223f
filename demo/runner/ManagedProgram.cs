namespace Reception.Runner;

/// <summary>A program of the hall.</summary>
/// <param name="Name">The name of its pid file and its log.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="WhyNotReady">Asked of a start of it until it is ready: null then, before that what it waits for.</param>
internal sealed record ManagedProgram(
    string Name, IReadOnlyList<string> Command, Func<Child, CancellationToken, Task<string?>> WhyNotReady);
