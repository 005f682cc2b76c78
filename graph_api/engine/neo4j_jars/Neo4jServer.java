import org.neo4j.server.BlockingBootstrapper;
import org.neo4j.server.CommunityBootstrapper;
import org.neo4j.server.NeoBootstrapper;

/** Starts Neo4j in the foreground; the jars of 2026 have no entry point of their own for this. */
public final class Neo4jServer {
    private Neo4jServer() {}

    public static void main(String[] arguments) {
        System.exit(NeoBootstrapper.start(new BlockingBootstrapper(new CommunityBootstrapper()), arguments));
    }
}
