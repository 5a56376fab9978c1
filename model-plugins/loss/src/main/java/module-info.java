/** Objectives that train score models. */
module org.score4j.loss {
  requires org.score4j.api;
}
