package org.score4j.solver;

/**
 * What error of a step is small enough: {@code |error / (absolute + relative |x|)| < 1}.
 *
 * @param relative rtol, above 0
 * @param absolute atol, above 0
 * @param norm over what the error is averaged
 */
public record Tolerance(double relative, double absolute, ErrorNorm norm) {}
