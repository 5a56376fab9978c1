package org.score4j.benchmarks;

/** Measurements that belong together. */
interface Suite {

  /** As the command line calls it. */
  String name();

  /** Makes them. */
  void run(Lab lab);
}
