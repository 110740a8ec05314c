package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.MemberTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** The table of required members and lengths of Amazon ECS. */
@ApplicationScoped
public class EcsMembers implements EcsHandlers {
  /** On the class path; it names its source. */
  public static final String TABLE = "/aws/ecs-members.csv";

  @Override
  public void register(Registry registry) {
    registry.members(
        MemberTable.read(TABLE), Map.of(RegisterTaskDefinitionRequest.class, "ClientException"));
  }
}
