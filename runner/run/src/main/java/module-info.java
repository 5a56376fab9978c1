/** The library: train, resume, sample, score and evaluate. */
@SuppressWarnings("module") // Not all that may see the inside are built before.
module org.score4j {
  requires transitive java.desktop;
  requires transitive org.score4j.recipe;
  // Guice, an automatic module, cannot say that it needs Guava.
  requires com.google.common;
  requires com.google.guice;
  requires jakarta.inject;
  requires jdk.management;
  requires org.slf4j;

  exports org.score4j;
  exports org.score4j.evaluation to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;
  exports org.score4j.examples to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;
  exports org.score4j.flow to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;
  exports org.score4j.folder to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;
  exports org.score4j.label to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;
  exports org.score4j.run to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;
  exports org.score4j.sampling to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;
  exports org.score4j.size to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;
  exports org.score4j.training to
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;

  opens org.score4j.evaluation to
      com.google.guice;
  opens org.score4j.examples to
      com.google.guice;
  opens org.score4j.flow to
      com.google.guice;
  opens org.score4j.folder to
      com.google.guice;
  opens org.score4j.run to
      com.google.guice;
  opens org.score4j.sampling to
      com.google.guice;
  opens org.score4j.size to
      com.google.guice;
  opens org.score4j.training to
      com.google.guice;
}
