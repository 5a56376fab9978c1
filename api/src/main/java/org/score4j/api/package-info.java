/**
 * The services a plugin can provide, and the vocabulary they share.
 *
 * <p>Throughout, a forward process takes clean data {@code x_0} to {@code x_t} with
 *
 * <pre>  x_t | x_0 ~ N(alpha(t) x_0, sigma(t)^2 I),     dx = f(t) x dt + g(t) dw,</pre>
 *
 * the score is {@code s(x, t) = grad_x log p_t(x)}, the noise is {@code -sigma(t) s(x, t)}, and
 * {@code denoised = E[x_0 | x_t]}. Coefficients are computed in double on the host and enter a
 * graph as float32. Images are {@code [B, H, W, C]}, points are {@code [B, D]}.
 *
 * <p>A plugin is a public record that implements one service, carries a {@link
 * org.score4j.api.PluginName}, and is declared in its {@code module-info} by {@code provides ...
 * with ...}. Its components are the keys of its recipe object, its no-argument constructor supplies
 * their defaults, and its canonical constructor validates them (see {@link
 * org.score4j.api.Validation}).
 *
 * <p>No method here accepts or returns null.
 */
@NullMarked
package org.score4j.api;

import org.jspecify.annotations.NullMarked;
