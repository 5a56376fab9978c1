package org.score4j.runner.command;

import org.score4j.recipe.plugin.ApiVersion;
import org.tensorflow.TensorFlow;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = ApiVersion.here().orElse("of no known version");
    return new String[] {
      "score4j " + version + ", TensorFlow " + TensorFlow.version() + ", Java " + Runtime.version()
    };
  }
}
