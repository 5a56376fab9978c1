/** Keeps the Javadoc of plugins for the command line. */
module org.score4j.describe {
  requires java.compiler;

  provides javax.annotation.processing.Processor with
      org.score4j.describe.JavadocKeeper;
}
