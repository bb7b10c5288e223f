using Reception.Hosting;
using Reception.Hub.Commands;

Terminal.UseUtf8();
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
