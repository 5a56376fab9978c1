package org.score4j.runner.plugin;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.Optional;
import org.score4j.api.PluginName;

/**
 * Whether a plugin was compiled for the api that runs: one of the same major version, and not of a
 * later minor one. Below 1.0 the minor version has to be the same, as Semantic Versioning has it.
 *
 * @param major what changes when plugins have to
 * @param minor what changes when there is more that plugins can use
 */
record ApiVersion(int major, int minor) {
  private static final Module API = PluginName.class.getModule();

  /** What to say of a plugin that was compiled for another api; empty if it may run. */
  static Optional<String> refusal(ModuleDescriptor plugin) {
    return API.getDescriptor().rawVersion().flatMap(here -> refusal(plugin, here));
  }

  /** The same for a given version of the api. A version that says nothing refuses nothing. */
  static Optional<String> refusal(ModuleDescriptor plugin, String here) {
    Optional<String> built =
        plugin.requires().stream()
            .filter(requires -> requires.name().equals(API.getName()))
            .findFirst()
            .flatMap(Requires::rawCompiledVersion);
    Optional<ApiVersion> theirs = built.flatMap(ApiVersion::parse);
    Optional<ApiVersion> ours = parse(here);
    if (theirs.isEmpty() || ours.isEmpty() || ours.get().runs(theirs.get())) {
      return Optional.empty();
    }
    return Optional.of(
        "module "
            + plugin.name()
            + " was compiled for "
            + API.getName()
            + " "
            + built.get()
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
