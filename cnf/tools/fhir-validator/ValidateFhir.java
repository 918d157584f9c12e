import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Questionnaire;

/**
 * Holds the resources of a folder (a resource a file in *.json, a resource a line in *.ndjson) to HL7 FHIR R4 with the HAPI FHIR
 * validator, without a network: responses against the questionnaires that lie beside them, units by UCUM; codes of LOINC are
 * not looked up. Prints a line for each remark, SEVERITY, where, what, with a tab between; then how many resources there were.
 */
public final class ValidateFhir {
    private static final class Beside implements IValidationSupport {
        private final FhirContext context;
        private final Map<String, Questionnaire> questionnaires = new HashMap<>();

        Beside(FhirContext context) {
            this.context = context;
        }

        @Override
        public FhirContext getFhirContext() {
            return context;
        }

        @Override
        public <T extends IBaseResource> T fetchResource(Class<T> type, String uri) {
            Object found = questionnaires.get(uri);
            return type != null && type.isInstance(found) ? type.cast(found) : null;
        }

        /** Answers of our own have no code system that is published; LOINC is not here. */
        @Override
        public boolean isCodeSystemSupported(ValidationSupportContext support, String system) {
            return false;
        }
    }

    private record Text(String where, String json) {}

    public static void main(String[] folders) throws IOException {
        FhirContext context = FhirContext.forR4();
        Beside beside = new Beside(context);
        List<Text> texts = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".ndjson")) {
                        int line = 0;
                        for (String json : Files.readAllLines(file)) {
                            texts.add(new Text(name + ":" + ++line, json));
                        }
                    } else if (name.endsWith(".json")) {
                        texts.add(new Text(name, Files.readString(file)));
                    }
                }
            }
        }
        for (Text t : texts) {
            if (t.json().contains("\"Questionnaire\"")) {
                Questionnaire q = context.newJsonParser().parseResource(Questionnaire.class, t.json());
                beside.questionnaires.put(q.getUrl(), q);
                beside.questionnaires.put(q.getUrl() + "|" + q.getVersion(), q);
            }
        }
        ValidationSupportChain chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                beside,
                new InMemoryTerminologyServerValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context));
        FhirInstanceValidator module = new FhirInstanceValidator(chain);
        FhirValidator validator = context.newValidator().registerValidatorModule(module);
        for (Text t : texts) {
            for (SingleValidationMessage m : validator.validateWithResult(t.json()).getMessages()) {
                System.out.println(m.getSeverity() + "\t" + t.where() + " " + m.getLocationString() + "\t"
                        + m.getMessage().replaceAll("\\s+", " "));
            }
        }
        System.out.println("resources\t" + texts.size());
    }
}
