/** The runner: recipe, wiring, training, sampling, reports and the command line. */
module org.score4j.runner {
  requires org.score4j.api;
  requires org.score4j.engine;
  requires com.google.guice;
  requires info.picocli;
  requires java.desktop;
  requires org.jfree.jfreechart;
  requires org.slf4j;
  requires tools.jackson.databind;

  opens org.score4j.runner to
      info.picocli;
}
