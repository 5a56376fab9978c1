/** The command line. */
module org.score4j.runner {
  requires org.score4j.interop;
  requires org.score4j.report;
  // Guice, an automatic module, cannot say that it needs Guava.
  requires com.google.common;
  requires com.google.guice;
  requires info.picocli;
  requires jakarta.inject;
  requires jdk.management;
  requires org.slf4j;

  opens org.score4j.runner.command to
      com.google.guice,
      info.picocli;
}
