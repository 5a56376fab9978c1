/** What a run folder holds, and how it is opened, locked and kept whole. */
package org.score4j.folder;
