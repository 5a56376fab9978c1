package org.score4j.runner.command;

import com.google.inject.Injector;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.score4j.format.text.FileNames;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.console.StandardOutput;
import org.score4j.runner.console.Terminal;
import org.score4j.runner.doctor.JvmFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code runner} itself: without a command it does what {@code run} does. */
@Command(
    name = "runner",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Score-based generative models from recipes: trains, samples, evaluates.",
    footer = {
      "",
      "Exit status: 0 done, 1 failure, 2 bad input, 130 interrupted, 143 terminated.",
      "Example: runner --recipe examples/mixture.json"
    },
    subcommands = {
      RunCommand.class,
      TrainCommand.class,
      SampleCommand.class,
      AnimateCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      ScoreCommand.class,
      LikelihoodCommand.class,
      EncodeCommand.class,
      DecodeCommand.class,
      InterpolateCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      PluginsCommand.class,
      KeysCommand.class,
      SchemaCommand.class,
      ValidateCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      InitCommand.class
    })
public final class RunnerCommand implements Callable<Integer> {
  /** Columns that picocli needs to lay out help. */
  private static final int NARROWEST = 55;

  private final Runs runs;
  @Spec private CommandSpec spec;
  @Mixin private RecipeOptions options;
  @Mixin private StartingOptions starting;
  @Mixin private Plugins plugins;
  @Mixin private DryRunOption dryRun;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Prints the stack trace of an error.")
  private boolean stacktrace;

  @Inject
  RunnerCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    if (options.recipe().isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "What to do? Give --recipe FILE or a command.");
    }
    return RunCommand.runAll(runs, options, starting, plugins, dryRun);
  }

  /** Parses the arguments, runs the command, and returns the exit status. */
  public static int execute(Injector injector, String... arguments) {
    return line(injector).execute(arguments);
  }

  static CommandLine line(Injector injector) {
    var line =
        new CommandLine(
            injector.getInstance(RunnerCommand.class),
            new CommandLine.IFactory() {
              private final CommandLine.IFactory plain = CommandLine.defaultFactory();

              @Override
              public <K> K create(Class<K> type) throws Exception {
                return injector.getExistingBinding(com.google.inject.Key.get(type)) != null
                    ? injector.getInstance(type)
                    : plain.create(type);
              }
            });
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, RunnerCommand::path)
        // A folder may be called as a command is.
        .setAllowSubcommandsAsOptionParameters(true)
        .setUsageHelpWidth(Math.max(NARROWEST, Terminal.ofStandardError().fold().width()))
        // Help alone is printed here, in colors.
        .setOut(injector.getInstance(StandardOutput.class).plain())
        .setErr(
            new PrintWriter(
                injector.getInstance(ProgressDisplay.class).lines(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(new ArgumentFaults())
        .setExecutionStrategy(RunnerCommand::run)
        .setExecutionExceptionHandler(new FailureWords(injector.getInstance(JvmFault.class)));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException(FileNames.why(e));
    }
  }

  /** Options of the default command would be lost in front of another command. */
  private static int run(CommandLine.ParseResult parsed) {
    boolean lost =
        parsed.hasSubcommand()
            && parsed.matchedOptions().stream().anyMatch(option -> !option.inherited());
    if (lost) {
      String name = parsed.subcommand().commandSpec().name();
      throw new CommandLine.ParameterException(
          parsed.commandSpec().commandLine(),
          "Options go after the command: runner " + name + " ...");
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error error) {
      // picocli hands only exceptions to the handler.
      throw new CommandLine.ExecutionException(
          parsed.commandSpec().commandLine(), "the virtual machine failed", error);
    }
  }

  boolean stacktrace() {
    return stacktrace;
  }
}
