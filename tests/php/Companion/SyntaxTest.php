<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use Orderbridge\Companion\Signature;
use PhpParser\Node;
use PhpParser\NodeFinder;
use PhpParser\ParserFactory;
use PHPUnit\Framework\TestCase;
use RecursiveDirectoryIterator;
use RecursiveIteratorIterator;

use function class_exists;
use function get_defined_functions;
use function implode;
use function in_array;
use function is_string;
use function iterator_to_array;
use function preg_match;
use function strtolower;
use function token_get_all;

/** Boxes are old: the module is written in the PHP of 2019. */
final class SyntaxTest extends TestCase
{
    /** Since 8.0. */
    private const NEW_NODES = [
        Node\Expr\Match_::class, Node\Expr\NullsafeMethodCall::class, Node\Expr\NullsafePropertyFetch::class,
        Node\UnionType::class, Node\AttributeGroup::class, Node\Expr\Throw_::class, 'PhpParser\Node\Stmt\Enum_',
        'PhpParser\Node\IntersectionType', 'PhpParser\Node\VariadicPlaceholder',
    ];
    private const NEW_TYPES = ['mixed', 'never', 'static', 'false', 'true', 'null'];
    private const NEW_FUNCTIONS = [
        'str_contains', 'str_starts_with', 'str_ends_with', 'get_debug_type', 'get_resource_id', 'fdiv',
        'preg_last_error_msg', 'array_is_list', 'fsync', 'array_find', 'array_any', 'array_all', 'json_validate',
        'mb_str_pad', 'mb_trim', 'ini_parse_quantity', 'array_first', 'array_last',
    ];

    /** @return array<string, array{string}> */
    public function files(): array
    {
        $found = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(Kernel::folder()));
        $files = [];
        foreach (iterator_to_array($found) as $file) {
            if ($file->getExtension() === 'php') {
                $files[substr($file->getPathname(), strlen(Kernel::folder()) + 1)] = [$file->getPathname()];
            }
        }
        self::assertGreaterThan(20, count($files));

        return $files;
    }

    /** @dataProvider files */
    public function testIsOldPhp(string $file): void
    {
        $code = (string) file_get_contents($file);
        self::assertSame([], self::newer($code), $file);
        self::assertDoesNotMatchRegularExpression('/declare\(strict_types/', $code, 'the kernel passes what it likes');
    }

    /** The look itself is looked at. */
    public function testFindsWhatIsNew(): void
    {
        $new = [
            'match($a) { default => 1 };', '$a?->b();', 'function f(int|string $a) {}', 'function f(mixed $a) {}',
            'class A { function __construct(private $a) {} }', 'f(a: 1);', '#[A] class B {}', 'function f($a,) {}',
            'try {} catch (\Exception) {}', '$a ?? throw new \Exception();', 'function f(): static {}', 'enum A {}',
            'class A { public readonly int $a; }', 'str_contains("a", "b");', '$o::class;', 'f(...);',
            'final class A { final public const B = 1; }', 'class A { public ?int $b = null; function f(): never {} }',
        ];
        foreach ($new as $code) {
            self::assertNotSame([], self::newer("<?php $code"), $code);
        }
        self::assertSame([], self::newer('<?php class A { private ?int $b = null; } fn ($x) => $x ?? A::class;'));
    }

    /** @return list<string> what is newer than PHP 7.4 */
    private static function newer(string $code): array
    {
        self::assertTrue(class_exists(ParserFactory::class), 'PHPUnit brings it');
        $factory = new ParserFactory();
        $parser = method_exists($factory, 'createForHostVersion')
            ? $factory->createForHostVersion()
            : $factory->create(ParserFactory::PREFER_PHP7);
        $found = [];
        $nodes = (new NodeFinder())->find($parser->parse($code) ?? [], static fn (Node $node): bool => true);
        $thrown = array_map(
            // A throw of its own, which newer parsers take for an expression, too.
            static fn (Node $node): int => $node instanceof Node\Stmt\Expression ? spl_object_id($node->expr) : 0,
            $nodes,
        );
        foreach ($nodes as $node) {
            $old = $node instanceof Node\Expr\Throw_ && in_array(spl_object_id($node), $thrown, true);
            $found[] = !$old && self::isNew($node) ? $node->getType() . ' in line ' . $node->getStartLine() : '';
        }
        // The parser does not tell of a comma after the last parameter.
        $text = '';
        foreach (token_get_all($code) as $token) {
            $comment = !is_string($token) && in_array($token[0], [T_COMMENT, T_DOC_COMMENT], true);
            $text .= is_string($token) ? $token : ($comment ? '' : $token[1]);
        }
        $found[] = preg_match('/\bfunction\s*\w*\s*\([^()]*,\s*\)/', $text, $comma) === 1 ? "a comma: $comma[0]" : '';

        return array_values(array_filter($found));
    }

    private static function isNew(Node $node): bool
    {
        foreach (self::NEW_NODES as $class) {
            if ($node instanceof $class) {
                return true;
            }
        }

        return match (true) {
            $node instanceof Node\Param => $node->flags !== 0,
            $node instanceof Node\Arg => $node->name !== null,
            $node instanceof Node\Stmt\Catch_ => $node->var === null,
            $node instanceof Node\Stmt\Property => ($node->flags & ~7 & ~8) !== 0,
            $node instanceof Node\Stmt\ClassConst => ($node->flags & 32) !== 0,
            $node instanceof Node\FunctionLike => $node->getReturnType() instanceof Node\Name
                && strtolower($node->getReturnType()->toString()) === 'static',
            $node instanceof Node\Identifier, $node instanceof Node\Name => self::isNewWord($node),
            $node instanceof Node\Expr\ClassConstFetch => !$node->class instanceof Node\Name
                && $node->name instanceof Node\Identifier && $node->name->toString() === 'class',
            default => false,
        };
    }

    private static function isNewWord(Node\Identifier|Node\Name $word): bool
    {
        $text = strtolower($word->toString());
        $isType = $word instanceof Node\Identifier && in_array($text, self::NEW_TYPES, true);

        return $isType || in_array($text, self::NEW_FUNCTIONS, true);
    }

    public function testSignsThePublishedVector(): void
    {
        require_once Kernel::folder() . '/lib/signature.php';
        self::assertSame(
            [
                'webhook-id' => 'msg_p5jXN8AQM9LWM0D4loKWxJek',
                'webhook-timestamp' => '1614265330',
                'webhook-signature' => 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
            ],
            Signature::headers(
                ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
                'msg_p5jXN8AQM9LWM0D4loKWxJek',
                1614265330,
                '{"test": 2432232314}',
            ),
        );
    }
}
