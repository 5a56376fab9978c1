/** Forward processes. */
module org.score4j.sde {
  requires transitive org.score4j.api;

  exports org.score4j.sde;

  provides org.score4j.api.Sde with
      org.score4j.sde.Cosine,
      org.score4j.sde.Ddpm,
      org.score4j.sde.Edm,
      org.score4j.sde.OrnsteinUhlenbeck,
      org.score4j.sde.SubVariancePreserving,
      org.score4j.sde.VarianceExploding,
      org.score4j.sde.VariancePreserving;
}
