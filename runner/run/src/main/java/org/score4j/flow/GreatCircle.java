package org.score4j.flow;

/**
 * Spherical linear interpolation (Shoemake 1985), which keeps the norm that latents of a Gaussian
 * prior have in many dimensions:
 *
 * <pre>  (sin((1 - w) a) p + sin(w a) q) / sin a,    a the angle between p and q,</pre>
 *
 * <p>and a straight line where the two are parallel.
 */
final class GreatCircle {
  private GreatCircle() {}

  /** The point at {@code w}, from 0 at {@code p} to 1 at {@code q}. */
  static float[] between(float[] p, float[] q, double w) {
    double product = 0;
    double squareOfP = 0;
    double squareOfQ = 0;
    for (int i = 0; i < p.length; i++) {
      product += (double) p[i] * q[i];
      squareOfP += (double) p[i] * p[i];
      squareOfQ += (double) q[i] * q[i];
    }
    double cosine = product / Math.sqrt(squareOfP * squareOfQ);
    double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
    boolean circle = Math.sin(angle) > 1e-6;
    double ofP = circle ? Math.sin((1 - w) * angle) / Math.sin(angle) : 1 - w;
    double ofQ = circle ? Math.sin(w * angle) / Math.sin(angle) : w;
    float[] between = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      between[i] = (float) (ofP * p[i] + ofQ * q[i]);
    }
    return between;
  }
}
