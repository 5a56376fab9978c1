/** Classes of labelled data, and which of them samples are drawn as. */
package org.score4j.runner.label;
