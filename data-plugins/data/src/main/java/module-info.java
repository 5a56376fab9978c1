/** Data sets. */
module org.score4j.data {
  requires org.score4j.api;
}
