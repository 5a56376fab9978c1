/** Data sets. */
module org.score4j.data {
  requires transitive org.score4j.api;
  requires org.score4j.format;
  requires com.twelvemonkeys.imageio.tiff;
  requires java.desktop;
  requires tensorflow.nativelib;
  requires tools.jackson.core;

  exports org.score4j.data;

  provides org.score4j.api.Dataset with
      org.score4j.data.Checkerboard,
      org.score4j.data.Cifar10,
      org.score4j.data.FashionMnist,
      org.score4j.data.Idx,
      org.score4j.data.ImageFolder,
      org.score4j.data.Mixture,
      org.score4j.data.NoImages,
      org.score4j.data.Npy,
      org.score4j.data.Spirals,
      org.score4j.data.Subset,
      org.score4j.data.SwissRoll,
      org.score4j.data.TfRecord,
      org.score4j.data.TwoMoons,
      org.score4j.data.ZipImages;
}
