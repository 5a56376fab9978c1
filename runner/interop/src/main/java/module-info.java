/** Weights of other programs, in and out. */
@SuppressWarnings("module") // What may see the inside is built later.
module org.score4j.interop {
  requires transitive org.score4j;
  requires com.google.guice;
  requires jakarta.inject;

  exports org.score4j.interop;
  exports org.score4j.interop.checkpoint to
      org.score4j.runner;
  exports org.score4j.interop.diffusers to
      org.score4j.runner;

  opens org.score4j.interop.checkpoint to
      com.google.guice;
}
