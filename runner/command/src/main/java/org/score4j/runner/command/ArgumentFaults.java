package org.score4j.runner.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.recipe.json.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments of a command, what was probably meant, where help is. */
final class ArgumentFaults implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException thrown, String[] arguments) {
    CommandLine line = thrown.getCommandLine();
    PrintWriter err = line.getErr();
    // A misspelt option is told before the one that is missing because of it.
    faults(line.getCommandSpec(), line.getUnmatchedArguments()).forEach(err::println);
    if (!(thrown instanceof UnmatchedArgumentException)) {
      err.println(thrown.getMessage());
    }
    if (arguments.length == 0) {
      line.usage(err);
    } else {
      err.println(line.getCommandSpec().qualifiedName() + " --help lists the options");
    }
    err.flush();
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static List<String> faults(CommandSpec command, List<String> unmatched) {
    List<String> faults = new ArrayList<>();
    boolean afterOption = false;
    for (String argument : unmatched) {
      boolean option = argument.startsWith("-") && argument.length() > 1;
      if (option) {
        faults.add(unknownOption(command, argument.split("=", 2)[0]));
      } else if (!afterOption && !command.subcommands().isEmpty()) {
        // What follows belongs to the command that was meant.
        faults.add(
            "unknown command "
                + argument
                + Nearest.meant(argument, command.subcommands().keySet()));
        break;
      } else if (!afterOption) {
        faults.add(command.qualifiedName() + " takes no argument " + argument);
      }
      // What follows an unknown option was to be its value.
      afterOption = option && !argument.contains("=");
    }
    return faults;
  }

  private static String unknownOption(CommandSpec command, String name) {
    Optional<String> near =
        Nearest.to(name, command.optionsMap().keySet())
            .or(
                () ->
                    command.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(each -> each.optionsMap().containsKey(name))
                        .findFirst()
                        .map(each -> each.qualifiedName() + " " + name));
    return "unknown option " + name + near.map(Nearest::question).orElse("");
  }
}
