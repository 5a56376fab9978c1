/** The explicit midpoint method, as a plugin of score4j. */
module com.example.midpoint {
  requires transitive org.score4j.api;

  exports com.example.midpoint;

  provides org.score4j.api.Sampler with
      com.example.midpoint.Midpoint;
}
