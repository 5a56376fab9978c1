/** Forward processes. */
module org.score4j.sde {
  requires org.score4j.api;
}
