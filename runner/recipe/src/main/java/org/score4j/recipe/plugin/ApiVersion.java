package org.score4j.recipe.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.score4j.api.PluginName;

/**
 * Whether a plugin was compiled for the api that runs: one of the same major version, and not of a
 * later minor one. Below 1.0 the minor version has to be the same, as Semantic Versioning has it.
 *
 * @param major what changes when plugins have to
 * @param minor what changes when there is more that plugins can use
 */
public record ApiVersion(int major, int minor) {
  private static final String API = "org.score4j.api";
  private static final String RESOURCE = "version.txt";

  /** The version of the api that runs; empty if it was built without. */
  public static Optional<String> here() {
    Module api = PluginName.class.getModule();
    return api.isNamed() ? api.getDescriptor().rawVersion() : onClassPath();
  }

  private static Optional<String> onClassPath() {
    try (InputStream in = PluginName.class.getResourceAsStream(RESOURCE)) {
      return in == null
          ? Optional.empty()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .findFirst()
              .filter(line -> parse(line).isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version of score4j-api", e);
    }
  }

  /** What to say of a module that was compiled for another api; empty if it may run. */
  static Optional<String> refusal(ModuleDescriptor plugin) {
    return here().flatMap(here -> refusal(plugin, here));
  }

  /** The same for a given version of the api. A version that says nothing refuses nothing. */
  static Optional<String> refusal(ModuleDescriptor plugin, String here) {
    return plugin.requires().stream()
        .filter(requires -> requires.name().equals(API))
        .findFirst()
        .flatMap(Requires::rawCompiledVersion)
        .flatMap(built -> refusal("module " + plugin.name(), built, here));
  }

  /** The same for a class, whose jar needs no descriptor if score4j-describe kept the version. */
  static Optional<String> refusal(Class<?> plugin) {
    return here()
        .flatMap(
            here ->
                Description.api(plugin)
                    .flatMap(built -> refusal("package " + plugin.getPackageName(), built, here)));
  }

  private static Optional<String> refusal(String who, String built, String here) {
    Optional<ApiVersion> theirs = parse(built);
    Optional<ApiVersion> ours = parse(here);
    if (theirs.isEmpty() || ours.isEmpty() || ours.get().runs(theirs.get())) {
      return Optional.empty();
    }
    return Optional.of(
        who
            + " was compiled for "
            + API
            + " "
            + built
            + ", but this is "
            + here
            + "; get a build of the plugin for it, or compile it against score4j-api "
            + here);
  }

  private boolean runs(ApiVersion compiled) {
    return compiled.major == major
        && (major == 0 ? compiled.minor == minor : compiled.minor <= minor);
  }

  private static Optional<ApiVersion> parse(String version) {
    String[] parts = version.split("[.+-]", 3);
    boolean numbers =
        parts.length >= 2 && parts[0].matches("\\d{1,9}") && parts[1].matches("\\d{1,9}");
    return numbers
        ? Optional.of(new ApiVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])))
        : Optional.empty();
  }
}
