package org.score4j.examples;

import org.score4j.api.Examples;

/**
 * What samples are compared with.
 *
 * @param examples the recipe's reference if there is one, else its data
 */
public record Reference(Examples examples) {}
