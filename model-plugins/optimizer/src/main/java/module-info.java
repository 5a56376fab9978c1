/** Rules by which gradients change parameters. */
module org.score4j.optimizer {
  requires org.score4j.api;
}
