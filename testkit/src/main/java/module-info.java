/** Contracts that every plugin, ours or a third party's, must pass. */
module org.score4j.testkit {
  requires transitive org.score4j.api;
  requires transitive org.score4j.engine;
  requires transitive org.junit.jupiter.api;

  exports org.score4j.testkit;
}
