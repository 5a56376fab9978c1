package org.score4j.recipe.plugin;

/** Says of a class that a jar declares why it cannot be used. */
final class Unusable {
  private Unusable() {}

  static String because(Origin origin, String provider, Throwable cause) {
    return cause instanceof UnsupportedClassVersionError
        ? origin.place()
            + ": "
            + ClassVersion.tooNew(origin.jar(), provider.replace('.', '/') + ".class")
        : because(origin, provider, cause.toString());
  }

  static String because(Origin origin, String provider, String why) {
    return origin.place() + ": " + provider + " cannot be loaded: " + why;
  }

  /** Two jars hold the same classes: their order must not decide which of them runs. */
  static String twice(Origin one, Origin other) {
    return other.place() + ": its plugins are also in " + one.place() + "; remove one of the two";
  }
}
