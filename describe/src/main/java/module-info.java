/** Declares plugins for the class path, and keeps their Javadoc for the command line. */
module org.score4j.describe {
  requires java.compiler;

  provides javax.annotation.processing.Processor with
      org.score4j.describe.JavadocKeeper,
      org.score4j.describe.PluginDeclarations;
}
