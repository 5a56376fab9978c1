package org.score4j.sampler;

import java.util.*;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.score4j.api.*;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sde.*;

class SolverOrderTest {
  @Test
  void print() {
    TimeGrid lam =
        (sde, n) -> {
          double a = sde.logSnr(sde.endTime()), b = sde.logSnr(sde.startTime());
          double[] t = new double[n + 1];
          for (int i = 0; i <= n; i++)
            t[i] =
                i == 0 ? sde.endTime() : i == n ? sde.startTime() : sde.timeAt(a + (b - a) * i / n);
          return t;
        };
    Map<String, IntFunction<Sampler>> all = new LinkedHashMap<>();
    all.put("euler", n -> new Euler(n, lam, false));
    all.put("ddim", n -> new Ddim(n, 0, lam, false));
    all.put("heun", n -> new Heun(n, 0, 0, 1e9, 1, lam, false));
    all.put("dpm2", n -> new Dpm2(n, lam, false));
    all.put("dpmsolver2", n -> new DpmSolver(n, 2, lam, false));
    all.put("dpmsolver3", n -> new DpmSolver(n, 3, lam, false));
    all.put(
        "2s",
        n -> new DpmSolverPlusPlus(n, Variant._2S, SolverType.MIDPOINT, 1, false, lam, false));
    all.put(
        "2m",
        n -> new DpmSolverPlusPlus(n, Variant._2M, SolverType.MIDPOINT, 1, false, lam, false));
    all.put(
        "2mh", n -> new DpmSolverPlusPlus(n, Variant._2M, SolverType.HEUN, 1, false, lam, false));
    all.put(
        "2m0",
        n -> new DpmSolverPlusPlus(n, Variant._2M_SDE, SolverType.MIDPOINT, 0, false, lam, false));
    all.put(
        "3m0",
        n -> new DpmSolverPlusPlus(n, Variant._3M_SDE, SolverType.MIDPOINT, 0, false, lam, false));
    for (int o = 1; o <= 4; o++) {
      int k = o;
      all.put("lms" + k, n -> new LinearMultistep(n, k, lam, false));
    }
    for (int o = 1; o <= 4; o++) {
      int k = o;
      all.put("deis" + k, n -> new Deis(n, k, lam, false));
    }
    for (int o = 1; o <= 3; o++) {
      int k = o;
      all.put("unipc" + k, n -> new UniPc(n, k, UniPc.Solver.BH2, false, lam, false));
      all.put("unipc-bh1" + k, n -> new UniPc(n, k, UniPc.Solver.BH1, false, lam, false));
    }
    for (Sde sde : new Sde[] {new VarianceExploding(.02, 5, 1e-5), new VariancePreserving()}) {
      System.out.println(sde);
      all.forEach(
          (name, s) -> {
            StringBuilder b = new StringBuilder(String.format("%-10s", name));
            double last = 0;
            for (int n = 8; n <= 128; n *= 2) {
              double e = new Gaussian(sde, .5, .3).error(s.apply(n));
              b.append(String.format(" %.1e(%.2f)", e, Math.log(last / e) / Math.log(2)));
              last = e;
            }
            System.out.println(b);
          });
    }
    Map<String, IntFunction<Sampler>> sd = new LinkedHashMap<>();
    sd.put("ddim1", n -> new Ddim(n, 1, lam, false));
    sd.put("ddimh", n -> new Ddim(n, .5, lam, false));
    sd.put("ddpm-small", n -> new Ddpm(n, Ddpm.Variance.SMALL, lam, false));
    sd.put("ddpm-large", n -> new Ddpm(n, Ddpm.Variance.LARGE, lam, false));
    sd.put("ea", n -> new EulerAncestral(n, 1, 1, lam, false));
    sd.put(
        "2msde",
        n -> new DpmSolverPlusPlus(n, Variant._2M_SDE, SolverType.MIDPOINT, 1, false, lam, false));
    sd.put(
        "2msdeh",
        n -> new DpmSolverPlusPlus(n, Variant._2M_SDE, SolverType.HEUN, 1, false, lam, false));
    sd.put(
        "3msde",
        n -> new DpmSolverPlusPlus(n, Variant._3M_SDE, SolverType.MIDPOINT, 1, false, lam, false));
    sd.put(
        "2msde.5",
        n -> new DpmSolverPlusPlus(n, Variant._2M_SDE, SolverType.MIDPOINT, .5, false, lam, false));
    sd.put(
        "3msde.5",
        n -> new DpmSolverPlusPlus(n, Variant._3M_SDE, SolverType.MIDPOINT, .5, false, lam, false));
    for (Sde sde : new Sde[] {new VarianceExploding(.02, 5, 1e-5), new VariancePreserving()}) {
      System.out.println(sde);
      sd.forEach(
          (name, s) -> {
            StringBuilder b = new StringBuilder(String.format("%-10s", name));
            for (int n = 8; n <= 128; n *= 2) {
              var m = new Gaussian(sde, .5, .3).law(s.apply(n), n);
              var x = Moments.marginal(.5, .3, sde.level(sde.startTime()));
              b.append(
                  String.format(
                      " %.1e/%.1e",
                      (m.mean() - x.mean()) / Math.sqrt(x.variance()),
                      m.variance() / x.variance() - 1));
            }
            System.out.println(b);
          });
    }
  }
}
