package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/** No schema gets into the build that the readers of an earlier one could not read. */
class SchemaRulesTest {
    @Test
    void thePresentSchemaKeepsToTheRulesTowardsTheOneBefore() {
        assertThat(SchemaRules.violations(schema("/sbe/trading-v0.xml"), schema(TradingSchema.XML_RESOURCE))).isEmpty();
    }

    @Test
    void everyChangeThatTheRulesAllowIsInTheNextOneAndPasses() {
        assertThat(SchemaRules.violations(schema(TradingSchema.XML_RESOURCE), schema("/sbe/trading-v2.xml"))).isEmpty();
        assertThat(SchemaRules.violations(schema("/sbe/trading-v0.xml"), schema("/sbe/trading-v2.xml"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "a field removed;<field name='quantity' id='10' type='Decimal'/>;",
        "a field inserted;<field name='tradeId' id='2';<field name='more' id='77' type='sequence'/><field name='tradeId' id='2'",
        "a field of another type;id='3' type='utcTimeNs';id='3' type='identifier'",
        "a field of another id;<field name='venueId' id='7';<field name='venueId' id='70'",
        "a field renamed;<field name='venueId' id='7';<field name='venue' id='7'",
        "an enum value changed;<validValue name='SELL'>2;<validValue name='SELL'>3",
        "an enum value removed;<validValue name='SELL'>2</validValue>;",
        "an enum value without its version;<validValue name='SELL'>;<validValue name='C'>3</validValue><validValue name='SELL'>",
        "a null value changed;primitiveType='uint16' presence='optional';primitiveType='uint16' presence='optional' nullValue='0'",
        "a composite grown;<type name='exponent';<type name='x' primitiveType='int8'/><type name='exponent'",
        "a message renumbered;<sbe:message name='NewOrder' id='3';<sbe:message name='NewOrder' id='33'",
        "another schema id;id='100';id='101'",
        "a text's length of another size;primitiveType='uint16' maxValue='1024';primitiveType='uint8'",
    })
    void aForbiddenChangeIsFound(String change, String before, @Nullable String after) {
        String present = text(TradingSchema.XML_RESOURCE).replace("'", "&apos;").replace('"', '\'');
        assertThat(present).as("the schema has what the test changes").contains(before);
        String next = present.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after == null ? "" : after));
        assertThat(SchemaRules.violations(parse(present), parse(present))).isEmpty();
        assertThat(SchemaRules.violations(parse(present), parse(next))).as(change).isNotEmpty();
    }

    @Test
    void aSchemaIsNoSuccessorOfALaterOne() {
        assertThat(SchemaRules.violations(schema("/sbe/trading-v2.xml"), schema(TradingSchema.XML_RESOURCE))).isNotEmpty();
    }

    private static Ir schema(String resource) {
        return parse(text(resource));
    }

    private static Ir parse(String xml) {
        try {
            var options = ParserOptions.builder().stopOnError(true).warningsFatal(true).suppressOutput(true).build();
            return new IrGenerator().generate(
                XmlSchemaParser.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), options));
        } catch (Exception e) {
            throw new IllegalStateException("the schema does not parse", e);
        }
    }

    private static String text(String resource) {
        try (var in = Objects.requireNonNull(SchemaRulesTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
