package org.score4j.sampler;

import java.util.List;
import org.score4j.api.Coefficient;
import org.score4j.api.FieldAt;
import org.score4j.api.Kernel;
import org.score4j.api.Level;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A graph whose forward process is told to be another one. */
record OtherSde(SamplerGraph graph, Sde sde) implements SamplerGraph {

  @Override
  public Ops tf() {
    return graph.tf();
  }

  @Override
  public FieldAt at(Register x, Level level) {
    return graph.at(x, level);
  }

  @Override
  public Register state() {
    return graph.state();
  }

  @Override
  public Register register(String name) {
    return graph.register(name);
  }

  @Override
  public Coefficient scalar(String name) {
    return graph.scalar(name);
  }

  @Override
  public Level level(String name) {
    return graph.level(name);
  }

  @Override
  public int batch() {
    return graph.batch();
  }

  @Override
  public Coefficient perSample(String name) {
    return graph.perSample(name);
  }

  @Override
  public Level levelPerSample(String name) {
    return graph.levelPerSample(name);
  }

  @Override
  public Term noise() {
    return graph.noise();
  }

  @Override
  public Kernel kernel(String name, List<Operand<TFloat32>> reports, Register.Update... updates) {
    return graph.kernel(name, reports, updates);
  }
}
