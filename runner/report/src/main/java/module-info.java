/** Pages, figures and animations of runs. */
@SuppressWarnings("module") // What may see the inside is built later.
module org.score4j.report {
  requires transitive java.desktop;
  requires transitive org.score4j;
  requires com.google.protobuf;
  requires jakarta.inject;
  requires org.slf4j;

  exports org.score4j.report to
      org.score4j.runner;
  exports org.score4j.report.chart to
      org.score4j.runner;
  exports org.score4j.report.image to
      org.score4j.runner;
  exports org.score4j.report.picture to
      org.score4j.runner;
  exports org.score4j.report.plane to
      org.score4j.runner;
  exports org.score4j.report.tensorboard to
      org.score4j.runner;

  opens org.score4j.report to
      com.google.guice;
  opens org.score4j.report.picture to
      com.google.guice;
  opens org.score4j.report.tensorboard to
      com.google.guice;
}
