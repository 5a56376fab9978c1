/**
 * Contracts that every plugin must pass, as interfaces full of JUnit tests: a plugin's test
 * implements one, supplies the plugin and, if need be, a tolerance.
 *
 * <pre>
 *   class VariancePreservingTest implements SdeContract {
 *     public Sde sde() { return new VariancePreserving(); }
 *   }
 * </pre>
 */
package org.score4j.testkit;
