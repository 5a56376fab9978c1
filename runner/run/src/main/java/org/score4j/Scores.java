package org.score4j;

/**
 * What a model says of noised data x [B, ...], row-major in the units of the data.
 *
 * @param score {@code grad_x log p_t(x)}, [B, ...]
 * @param noise the expected noise {@code -sigma score} of the standardized x, [B, ...]
 * @param denoised the expected clean data, [B, ...]
 */
public record Scores(float[] score, float[] noise, float[] denoised) {}
