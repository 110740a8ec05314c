package dev.berth.node.application;

/** The fake keeps the contract, so that what is tested with it holds for the real engine. */
class FakeContainerEngineTest extends ContainerEngineContract {
  private static final String IMAGE = "test:1";

  @Override
  protected ContainerEngine engine() {
    return new FakeContainerEngine(IMAGE);
  }

  @Override
  protected String image() {
    return IMAGE;
  }
}
