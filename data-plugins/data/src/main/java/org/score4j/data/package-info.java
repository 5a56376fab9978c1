/**
 * Data sets: densities in the plane, whose example n is a function of a seed and n alone, images
 * and arrays from files, and parts of either.
 */
package org.score4j.data;
