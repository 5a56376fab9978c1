/** Score models. */
module org.score4j.model {
  requires org.score4j.api;
}
