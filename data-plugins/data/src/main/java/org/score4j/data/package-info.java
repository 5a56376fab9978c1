/**
 * Data sets: densities in the plane, whose example n is a function of a seed and n alone, and
 * images from files.
 */
package org.score4j.data;
