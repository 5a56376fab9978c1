package org.score4j.runner.command;

import com.google.inject.Injector;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.score4j.engine.TensorFileException;
import org.score4j.runner.console.Terminal;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.run.MeasuringFailure;
import org.score4j.runner.run.SamplingFailure;
import org.score4j.runner.run.TrainingFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
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
      "Exit status: 0 done, 1 failure, 2 bad input, 130 interrupted.",
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
  private static final int INTERRUPTED = 130;

  /** Columns that picocli needs to lay out help. */
  private static final int NARROWEST = 55;

  private final RunOpener opener;
  @Spec private CommandSpec spec;
  @Mixin private RecipeOptions options;
  @Mixin private Plugins plugins;
  @Mixin private DryRunOption dryRun;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Prints where in the program an error arose.")
  private boolean stacktrace;

  @Inject
  RunnerCommand(RunOpener opener) {
    this.opener = opener;
  }

  @Override
  public Integer call() {
    if (options.recipe().isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "What to do? Give --recipe FILE or a command.");
    }
    return RunCommand.runAll(opener, options, plugins, dryRun);
  }

  /** Parses the arguments, runs the command, and returns the exit status. */
  public static int execute(Injector injector, String... arguments) {
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
        .setUsageHelpWidth(Math.max(NARROWEST, Terminal.ofStandardError().fold().width()))
        .setParameterExceptionHandler(new ArgumentFaults())
        .setExecutionStrategy(RunnerCommand::run)
        .setExecutionExceptionHandler(handler(injector))
        .execute(arguments);
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
    return new CommandLine.RunLast().execute(parsed);
  }

  private static IExecutionExceptionHandler handler(Injector injector) {
    return (exception, line, parsed) -> {
      PrintWriter err = line.getErr();
      boolean interrupted = exception instanceof CancellationException;
      boolean badInput = exception instanceof BadInput || exception instanceof TensorFileException;
      if (!interrupted) {
        err.println((badInput ? "" : "runner: ") + words(exception));
      }
      RunnerCommand root = (RunnerCommand) line.getCommandSpec().root().userObject();
      if (root.stacktrace) {
        exception.printStackTrace(err);
      } else if (!interrupted && !badInput && !saysAll(exception)) {
        err.println("        (add --stacktrace to see where this arose)");
      }
      err.flush();
      return interrupted ? INTERRUPTED : badInput ? 2 : 1;
    };
  }

  /** Failures whose words leave nothing to look for in the program. */
  private static boolean saysAll(Exception exception) {
    return exception instanceof TrainingFailure
        || exception instanceof SamplingFailure
        || exception instanceof MeasuringFailure;
  }

  private static String words(Exception exception) {
    String message = exception.getMessage();
    return message == null || message.isBlank() ? exception.toString() : message;
  }
}
