using System.Runtime.CompilerServices;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Rfl.Domain.Tests.Common.TablesAsOneTest", "Rfl.Domain.Tests")]

namespace Rfl.Domain.Tests.Common;

/// <summary>
/// Under mutation (<c>./rfl mutate</c>) a table of cases is one test. Stryker asks of every test which mutants it reaches; a row that holds facts has no name by which
/// it could ask, so that all such tables would run for every mutant. For the same reason what the specs share is made before the first of them: mutants that change it
/// are tried against every spec. In any other run each row is a test of its own.
/// </summary>
public sealed class TablesAsOneTest : XunitTestFramework
{
    private readonly bool underMutation = Environment.GetEnvironmentVariable("RFL_UNDER_MUTATION") is "1";

    public TablesAsOneTest(IMessageSink messages)
        : base(messages)
    {
        if (underMutation)
            MakeWhatSpecsShare();
    }

    protected override ITestFrameworkDiscoverer CreateDiscoverer(IAssemblyInfo assemblyInfo) => underMutation
        ? new Discoverer(assemblyInfo, SourceInformationProvider, DiagnosticMessageSink)
        : base.CreateDiscoverer(assemblyInfo);

    private static void MakeWhatSpecsShare()
    {
        foreach (var type in typeof(TablesAsOneTest).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            try
            {
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            }
            catch (TypeInitializationException)
            {
                // The specs that need it will say so.
            }
        }
    }

    private sealed class Discoverer(IAssemblyInfo assembly, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkDiscoverer(assembly, sources, messages)
    {
        protected override bool FindTestsForMethod(
            ITestMethod testMethod, bool includeSourceInformation, IMessageBus messageBus, ITestFrameworkDiscoveryOptions discoveryOptions) =>
            testMethod.Method.GetCustomAttributes(typeof(TheoryAttribute)).Any()
                ? ReportDiscoveredTestCase(
                    new Table(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod),
                    includeSourceInformation,
                    messageBus)
                : base.FindTestsForMethod(testMethod, includeSourceInformation, messageBus, discoveryOptions);
    }

    private sealed class Table : XunitTestCase
    {
        [Obsolete("For the deserializer.")]
        public Table()
        {
        }

        public Table(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
            : base(messages, display, options, method)
        {
        }

        public override Task<RunSummary> RunAsync(
            IMessageSink diagnosticMessageSink,
            IMessageBus messageBus,
            object[] constructorArguments,
            ExceptionAggregator aggregator,
            CancellationTokenSource cancellationTokenSource) =>
            new CaseRunner(this, constructorArguments, messageBus, aggregator, cancellationTokenSource).RunAsync();
    }

    private sealed class CaseRunner(
        Table table, object[] constructorArguments, IMessageBus messageBus, ExceptionAggregator aggregator, CancellationTokenSource cancellation)
        : XunitTestCaseRunner(table, table.DisplayName, table.SkipReason, constructorArguments, null, messageBus, aggregator, cancellation)
    {
        protected override XunitTestRunner CreateTestRunner(
            ITest test,
            IMessageBus messageBus,
            Type testClass,
            object[] constructorArguments,
            System.Reflection.MethodInfo testMethod,
            object[] testMethodArguments,
            string skipReason,
            IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
            ExceptionAggregator aggregator,
            CancellationTokenSource cancellationTokenSource) =>
            new RowsRunner(
                test,
                messageBus,
                testClass,
                constructorArguments,
                testMethod,
                testMethodArguments,
                skipReason,
                beforeAfterAttributes,
                aggregator,
                cancellationTokenSource);
    }

    private sealed class RowsRunner(
        ITest test,
        IMessageBus messageBus,
        Type testClass,
        object[] constructorArguments,
        System.Reflection.MethodInfo testMethod,
        object[] testMethodArguments,
        string skipReason,
        IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
        : XunitTestRunner(
            test,
            messageBus,
            testClass,
            constructorArguments,
            testMethod,
            testMethodArguments,
            skipReason,
            beforeAfterAttributes,
            aggregator,
            cancellationTokenSource)
    {
        /// <summary>Row after row, until the first that fails.</summary>
        protected override async Task<decimal> InvokeTestMethodAsync(ExceptionAggregator aggregator)
        {
            var seconds = 0m;
            var data = TestMethod.GetCustomAttributes(typeof(DataAttribute), inherit: true).Cast<DataAttribute>();
            foreach (var row in data.SelectMany(attribute => attribute.GetData(TestMethod)).TakeWhile(_ => !aggregator.HasExceptions))
            {
                seconds += await new XunitTestInvoker(
                    Test, MessageBus, TestClass, ConstructorArguments, TestMethod, TestMethod.ResolveMethodArguments(row ?? [null]), BeforeAfterAttributes, aggregator, CancellationTokenSource)
                    .RunAsync();
            }

            return seconds;
        }
    }
}
