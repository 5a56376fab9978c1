package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.score4j.runner.doctor.Doctor;
import org.score4j.runner.doctor.Finding;
import org.score4j.runner.doctor.Machine;
import org.score4j.runner.doctor.PluginCheck;
import org.score4j.runner.doctor.TensorFlowCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells whether everything is there to run, and what to do if not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks Java, TensorFlow, devices, memory, disk and plugins, and suggests fixes.",
      "Exit status: 0 if all is well, 1 if there is a problem."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private Plugins plugins;
  @Mixin private JsonOption json;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The folder to write runs to. Default: runs.")
  private Path output = Path.of("runs");

  @Override
  public Integer call() {
    Machine machine = Machine.here(output);
    List<Finding> findings = new ArrayList<>(Doctor.examine(machine));
    findings.addAll(TensorFlowCheck.examine(machine));
    findings.addAll(PluginCheck.examine(plugins.survey()));
    if (json.wanted()) {
      json.print(json(findings));
    } else {
      lines(findings).forEach(System.out::println);
    }
    return findings.stream().anyMatch(Finding::problem) ? 1 : 0;
  }

  static List<String> lines(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add("%-8s %-13s %s".formatted(finding.status(), finding.subject(), finding.found()));
      finding.remedies().forEach(remedy -> lines.add(" ".repeat(9) + "-> " + remedy));
    }
    long problems = findings.stream().filter(Finding::problem).count();
    lines.add(
        problems == 0
            ? "ready to run"
            : problems + (problems == 1 ? " problem" : " problems") + " to be solved, see above");
    return lines;
  }

  private static ObjectNode json(List<Finding> findings) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("ok", findings.stream().noneMatch(Finding::problem));
    var list = told.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode one = list.addObject();
      one.put("status", finding.status());
      one.put("subject", finding.subject());
      one.put("found", finding.found());
      finding.remedies().forEach(one.putArray("remedies")::add);
    }
    return told;
  }
}
